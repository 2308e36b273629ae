"""Prints scikit-learn's numbers for the baselines on the Howell census; they stand in crates/core/tests/howell.rs."""
import csv
import os

import numpy as np
rows=list(csv.reader(open(os.path.join(os.environ['BRAINBOW_DATA'], 'howell', 'Howell1.csv')),delimiter=';'))
d=np.array([[float(x) for x in r] for r in rows[1:]])
h,w,a,m=d.T
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.preprocessing import PolynomialFeatures, StandardScaler, MinMaxScaler
from sklearn.pipeline import make_pipeline
def rmse(p,t): return np.sqrt(np.mean((p-t)**2))
for name,X in [('w',w[:,None]),('wa',d[:,1:3]),('wam',d[:,1:4])]:
    for deg in (1,2,3,8):
        mdl=make_pipeline(MinMaxScaler((-1,1)),PolynomialFeatures(deg),LinearRegression(fit_intercept=False)).fit(X,h)
        print(name,deg,PolynomialFeatures(deg).fit(X).n_output_features_,repr(rmse(mdl.predict(X),h)), repr(mdl.score(X,h)))
ad=a>=18
X=d[ad][:,[0,1,2]]; y=m[ad].astype(int)
lr=make_pipeline(StandardScaler(),LogisticRegression(tol=1e-12,max_iter=10000)).fit(X,y)
print(len(y),lr.score(X,y),[repr(v) for v in lr.predict_proba(X)[:3,1]], lr[-1].coef_, lr[-1].intercept_)
