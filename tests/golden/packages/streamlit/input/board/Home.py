import streamlit as st

st.title("Board")
